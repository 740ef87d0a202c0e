/**
 * Gives places things of which each is used once (Kuhn's augmenting paths): whenever some giving fills a place, it is
 * filled, and what was placed once stays placed, though perhaps elsewhere.
 */
export class Matching {
  private readonly placeOf = new Map<string, number>();
  readonly thingOf: (string | undefined)[] = [];

  /** What a place takes, and which places take a thing; the two must agree. */
  constructor(
    private readonly thingsFor: (place: number) => readonly string[],
    private readonly placesFor: (thing: string) => readonly number[],
  ) {}

  /** Finds the place a thing, moving others; false where there is none. */
  fill(place: number): boolean {
    return this.thingOf[place] !== undefined || this.fillFrom(place, new Set());
  }

  /** Finds the thing a place, moving others; false where there is none. */
  lodge(thing: string): boolean {
    return this.placeOf.has(thing) || this.lodgeFrom(thing, new Set());
  }

  private fillFrom(place: number, seen: Set<string>): boolean {
    const things = this.thingsFor(place);
    const free = things.find((thing) => !this.placeOf.has(thing) && !seen.has(thing));
    for (const thing of free === undefined ? things : [free]) {
      if (seen.has(thing)) continue;
      seen.add(thing);
      const holder = this.placeOf.get(thing);
      if (holder === undefined || this.fillFrom(holder, seen)) return this.give(place, thing);
    }
    return false;
  }

  private lodgeFrom(thing: string, seen: Set<number>): boolean {
    for (const place of this.placesFor(thing)) {
      if (seen.has(place)) continue;
      seen.add(place);
      const held = this.thingOf[place];
      if (held === undefined || this.lodgeFrom(held, seen)) return this.give(place, thing);
    }
    return false;
  }

  private give(place: number, thing: string): true {
    this.placeOf.set(thing, place);
    this.thingOf[place] = thing;
    return true;
  }
}
