/** Port: versions of handbook entries today. Unbound, questions know no version of their entry. */
export abstract class EntryVersions {
  /** By entry key; withdrawn and unknown entries are missing. */
  abstract currentOf(entryKeys: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** Port: whether the actor answers, or has answered, one of these question versions, so that its pictures are his to see. */
export abstract class PictureViewers {
  abstract maySee(versionIds: readonly string[]): Promise<boolean>;
}
