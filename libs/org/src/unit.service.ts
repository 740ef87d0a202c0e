import { Injectable } from '@nestjs/common';
import { unitKinds, unitKindRules, type Permission, type Tree, type UnitKind } from '@xuekao/contracts';
import { UniqueViolation, UnitOfWork } from '@xuekao/database';
import { newId, type CivilDate } from '@xuekao/kernel';
import { Access, Outbox } from '@xuekao/platform';
import { holdsOn, refusalOfClosing, refusalOfName, refusalOfNewUnit, subtreeIds } from './core/index.js';
import type { UnitEntity } from './org.entity.js';
import { allowed, found, OrgRefused } from './org.errors.js';
import { Today } from './today.js';
import { UnitStore } from './unit.store.js';

export interface UnitFilter {
  readonly tree?: Tree;
  /** Only what exists on that day; everything, closed units too, where absent. */
  readonly on?: CivilDate;
  /** The permission that makes a unit visible; 'org.read' where absent. */
  readonly permission?: Permission;
}

export interface UnitView extends Omit<UnitEntity, 'rootKey'> {
  readonly kindName: string;
  readonly holds: 'primary' | 'additional';
}

export interface UnitDraft {
  readonly kind: UnitKind;
  readonly parentId: string | null;
  readonly name: string;
  readonly shortName?: string;
  readonly sortOrder?: number;
  readonly from?: CivilDate;
}

@Injectable()
export class UnitService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly units: UnitStore,
    private readonly today: Today,
  ) {}

  /** The units within the actor's scope, superiors before what is below them. A superior outside the scope shows as none. */
  async list(filter: UnitFilter = {}): Promise<UnitView[]> {
    const scope = await this.access.scope(filter.permission ?? 'org.read');
    if (scope.unitIds.size === 0) return [];
    const units = (await this.units.all()).filter(
      (unit) =>
        scope.includes(unit.id) &&
        (!filter.tree || unit.tree === filter.tree) &&
        (!filter.on || holdsOn(unit, filter.on)),
    );
    return inTreeOrder(units.map((unit) => viewOf(unit, scope.unitIds)));
  }

  async get(id: string): Promise<UnitView> {
    const scope = await this.access.scope('org.read');
    if (!scope.includes(id)) throw new OrgRefused('resource.not-found');
    return viewOf(found(await this.units.byId(id)), scope.unitIds);
  }

  async create(draft: UnitDraft): Promise<UnitEntity> {
    const { parentId } = draft;
    if (parentId === null) throw new OrgRefused('org.unit.parent-missing');
    return this.uow.run(async () => {
      await this.access.require('org.write', parentId);
      await this.units.locked(parentId);
      return this.found(draft);
    });
  }

  /** Founds a unit without asking who does; inside a transaction. For {@link create} and the first setting up. */
  async found(draft: UnitDraft): Promise<UnitEntity> {
    const unit: UnitEntity = {
      id: newId(),
      tree: unitKindRules[draft.kind].tree,
      kind: draft.kind,
      parentId: draft.parentId,
      name: draft.name.trim(),
      shortName: (draft.shortName ?? draft.name).trim().slice(0, 40),
      sortOrder: draft.sortOrder ?? 0,
      from: this.today.orPast(draft.from),
      to: null,
      rootKey: draft.parentId === null ? unitKindRules[draft.kind].tree : null,
      version: 1,
    };
    allowed(refusalOfNewUnit(await this.units.all(), unit));
    try {
      await this.units.insert(unit);
    } catch (error) {
      const taken = error instanceof UniqueViolation && error.constraint === 'uq_unit_root';
      throw taken ? new OrgRefused('org.unit.root-exists', { tree: unit.tree }) : error;
    }
    await this.tell('org.unit.created', unit, { kind: unit.kind, name: unit.name, parentId: unit.parentId });
    return unit;
  }

  async edit(
    id: string,
    version: number,
    changes: Partial<Pick<UnitEntity, 'name' | 'shortName' | 'sortOrder'>>,
  ): Promise<UnitEntity> {
    return this.uow.run(async () => {
      await this.access.require('org.write', id);
      const unit = found(await this.units.locked(id));
      const named = { ...changes, ...(changes.name ? { name: changes.name.trim() } : {}) };
      if (named.name) allowed(refusalOfName(await this.units.all(), unit.parentId, named.name, id));
      if (!(await this.units.change(id, version, named))) throw new OrgRefused('resource.conflict');
      await this.tell('org.unit.updated', unit, { before: { name: unit.name }, changes: named });
      return { ...unit, ...named, version: version + 1 };
    });
  }

  /** Units end, they are never deleted: what happened in them stays readable. */
  async close(id: string, on: CivilDate | undefined, reason: string): Promise<UnitEntity> {
    return this.uow.run(async () => {
      await this.access.require('org.write', id);
      const unit = found(await this.units.locked(id));
      const to = this.today.orPast(on);
      allowed(refusalOfClosing(unit, await this.units.contentFrom(id, to), to));
      if (!(await this.units.change(id, unit.version, { to, rootKey: null })))
        throw new OrgRefused('resource.conflict');
      await this.tell('org.unit.closed', unit, { on: to }, reason);
      return { ...unit, to, rootKey: null, version: unit.version + 1 };
    });
  }

  /** The units and everything below them; for other libs, which check the actor's permission themselves. */
  async subtreeIds(unitIds: Iterable<string>): Promise<ReadonlySet<string>> {
    return subtreeIds(await this.units.edges(), unitIds);
  }

  /** Every unit by id, for display and for snapshots. */
  async directory(): Promise<ReadonlyMap<string, UnitEntity>> {
    return new Map((await this.units.all()).map((unit) => [unit.id, unit]));
  }

  private tell(type: string, unit: UnitEntity, payload: unknown, reason?: string): Promise<void> {
    const subject = { type, subjectType: 'unit', subjectId: unit.id, unitId: unit.id, payload };
    return this.outbox.add(reason === undefined ? subject : { ...subject, reason });
  }
}

function viewOf({ rootKey: _rootKey, ...unit }: UnitEntity, visible: ReadonlySet<string>): UnitView {
  const parentId = unit.parentId !== null && visible.has(unit.parentId) ? unit.parentId : null;
  return { ...unit, parentId, kindName: unitKinds[unit.kind], holds: unitKindRules[unit.kind].holds };
}

function inTreeOrder(units: readonly UnitView[]): UnitView[] {
  const byName = new Intl.Collator('zh', { numeric: true });
  const sorted = units.toSorted(
    (a, b) => b.tree.localeCompare(a.tree) || a.sortOrder - b.sortOrder || byName.compare(a.name, b.name),
  );
  const children = new Map<string | null, UnitView[]>();
  for (const unit of sorted) children.set(unit.parentId, [...(children.get(unit.parentId) ?? []), unit]);
  const walk = (parentId: string | null): UnitView[] =>
    (children.get(parentId) ?? []).flatMap((unit) => [unit, ...walk(unit.id)]);
  return walk(null);
}
