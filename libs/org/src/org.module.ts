import { Global, Module } from '@nestjs/common';
import { Access } from '@xuekao/platform';
import { ExemptionController, RoleController, TransferController } from './duty.controller.js';
import { DutyStore } from './duty.store.js';
import { ExemptionService } from './exemption.service.js';
import { FoundingService } from './founding.service.js';
import { HistoryQuery } from './history.query.js';
import { LeavingService } from './leaving.service.js';
import { MemberController } from './member.controller.js';
import { MemberDirectory } from './member.directory.js';
import { MemberQuery } from './member.query.js';
import { MemberService } from './member.service.js';
import { MemberStore } from './member.store.js';
import { OrgAccess } from './org-access.js';
import { OrgStores } from './org.stores.js';
import { PlaceService } from './place.service.js';
import { RoleService } from './role.service.js';
import { RosterFileService } from './roster-file.service.js';
import { RosterReading } from './roster-reading.js';
import { RosterService } from './roster.service.js';
import { Today } from './today.js';
import { TransferService } from './transfer.service.js';
import { UnitController } from './unit.controller.js';
import { UnitService } from './unit.service.js';
import { UnitStore } from './unit.store.js';

const services = [
  UnitService,
  MemberService,
  MemberQuery,
  MemberDirectory,
  PlaceService,
  LeavingService,
  TransferService,
  RoleService,
  ExemptionService,
  HistoryQuery,
  RosterService,
  RosterFileService,
  FoundingService,
  Today,
];

/** Global, because it implements platform's `Access` for every lib. */
@Global()
@Module({
  providers: [
    UnitStore,
    MemberStore,
    DutyStore,
    OrgStores,
    RosterReading,
    ...services,
    { provide: Access, useClass: OrgAccess },
  ],
  exports: [...services, Access],
})
export class OrgModule {}

@Module({ controllers: [UnitController, MemberController, TransferController, RoleController, ExemptionController] })
export class OrgHttpModule {}
