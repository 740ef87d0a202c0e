import { Global, Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { RequestAuthenticator, SessionEndings, TokenVerifier } from '@xuekao/platform';
import { AccessTokenAuthenticator, AccessTokenStrategy, AccessTokenVerifier } from './access-token.strategy.js';
import { AccountController } from './account.controller.js';
import { AccountHolders } from './account-holders.js';
import { AccountPeople } from './account-people.js';
import { AccountService } from './account.service.js';
import { AccountStore } from './account.store.js';
import { AuthController, SetupController } from './auth.controller.js';
import { AuthJobs, LeaverAccounts } from './auth.jobs.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordService } from './password.service.js';
import { PasswordSessions } from './password-sessions.js';
import { ProfileService } from './profile.service.js';
import { RefreshCookie } from './refresh-cookie.js';
import { StoredSessionEndings } from './session-endings.js';
import { SessionEvents } from './session-events.js';
import { SessionGate } from './session-gate.js';
import { SessionService } from './session.service.js';
import { SessionStore } from './session.store.js';
import { SetupService } from './setup.service.js';
import { SignInPeople } from './sign-in-people.js';
import { SignInService } from './sign-in.service.js';
import { Tokens } from './tokens.js';

const services = [
  AccountService,
  AccountHolders,
  SetupService,
  SignInService,
  SessionService,
  PasswordService,
  ProfileService,
];

/** Global, because it implements platform's authentication ports for HTTP and sockets. */
@Global()
@Module({
  imports: [JwtModule.register({}), PassportModule],
  providers: [
    AccountStore,
    SessionStore,
    AccountPeople,
    SignInPeople,
    PasswordHasher,
    PasswordSessions,
    SessionEvents,
    SessionGate,
    Tokens,
    AccessTokenStrategy,
    ...services,
    { provide: RequestAuthenticator, useClass: AccessTokenAuthenticator },
    { provide: TokenVerifier, useClass: AccessTokenVerifier },
    { provide: SessionEndings, useClass: StoredSessionEndings },
  ],
  exports: [...services, AccountStore, SessionStore, RequestAuthenticator, TokenVerifier, SessionEndings],
})
export class AuthModule {}

@Module({ controllers: [AuthController, SetupController, AccountController], providers: [RefreshCookie] })
export class AuthHttpModule {}

@Module({ providers: [AuthJobs, LeaverAccounts], exports: [AuthJobs] })
export class AuthJobsModule {}
