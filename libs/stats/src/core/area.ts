import type { UnitFact, YearFacts } from './facts.js';
import type { Span } from './span.js';

/** What a question is about: a unit with all below it, and the days. */
export interface Area {
  readonly unitIds: ReadonlySet<string>;
  readonly span: Span;
}

/** The area of a unit: everything below it, in the days of the span. */
export function areaOf(facts: YearFacts, rootId: string, span: Span): Area {
  return { unitIds: subtreeOf(facts.units, rootId), span };
}

/**
 * Departments whose people stood in the area's Party units when they met: a 科室 belongs to a 支部 through its people, not
 * through a tree. Source: domain.md §0 finding 1.
 */
export function departmentsOf(facts: YearFacts, area: Area): ReadonlySet<string> {
  const found = new Set<string>();
  for (const row of facts.attendance)
    if (row.departmentId !== null && row.unitId !== null && area.unitIds.has(row.unitId)) found.add(row.departmentId);
  return found;
}

/** The unit and everything below it. */
export function subtreeOf(units: readonly UnitFact[], rootId: string): ReadonlySet<string> {
  const reached = new Set<string>([rootId]);
  for (let grew = true; grew;) {
    grew = false;
    for (const unit of units) {
      if (unit.parentId === null || reached.has(unit.id) || !reached.has(unit.parentId)) continue;
      reached.add(unit.id);
      grew = true;
    }
  }
  return reached;
}

const indexes = new WeakMap<YearFacts, ReadonlyMap<string, UnitFact>>();

/** The units by id, made once per set of facts. */
export function unitIndex(facts: YearFacts): ReadonlyMap<string, UnitFact> {
  const known = indexes.get(facts);
  if (known) return known;
  const index = new Map(facts.units.map((unit) => [unit.id, unit]));
  indexes.set(facts, index);
  return index;
}
