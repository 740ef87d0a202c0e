import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PermitSignedIn, Public } from '@xuekao/platform';
import { AccessDto, ChangePasswordDto, DeviceListDto, MeDto, SetupDto, SetupStateDto, SignInDto } from './auth.dto.js';
import { AuthRefused } from './auth.errors.js';
import { deviceLabel } from './core/index.js';
import { PasswordService } from './password.service.js';
import { ProfileService } from './profile.service.js';
import { RefreshCookie } from './refresh-cookie.js';
import { SessionService, type SignedIn } from './session.service.js';
import { SetupService } from './setup.service.js';
import { SignInService } from './sign-in.service.js';

const shown = ({ accessToken, accessExpiresAt, mustChangePassword }: SignedIn): AccessDto => ({
  accessToken,
  accessExpiresAt,
  mustChangePassword,
});

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionService,
    private readonly passwords: PasswordService,
    private readonly profile: ProfileService,
    private readonly cookie: RefreshCookie,
  ) {}

  @Post('sign-in')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: AccessDto, description: 'sets the refresh cookie' })
  async signIn(
    @Body() body: SignInDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccessDto> {
    const label = deviceLabel(request.headers['user-agent']);
    const signedIn = await this.signIns.signIn({ ...body, label, address: request.ip });
    this.cookie.write(reply, signedIn);
    return shown(signedIn);
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOkResponse({ type: AccessDto, description: 'takes and replaces the refresh cookie' })
  async refresh(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AccessDto> {
    const token = this.cookie.read(request);
    if (!token) throw new AuthRefused('auth.session.expired');
    const signedIn = await this.sessions.refresh(token);
    this.cookie.write(reply, signedIn);
    return shown(signedIn);
  }

  /** Works with an access token that has expired: the cookie says which session. */
  @Post('sign-out')
  @HttpCode(204)
  @Public()
  @ApiNoContentResponse()
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = this.cookie.read(request);
    if (token) await this.sessions.signOut(token);
    this.cookie.clear(reply);
  }

  @Get('me')
  @PermitSignedIn({ beforePasswordChange: true })
  @ApiOkResponse({ type: MeDto })
  me(): Promise<MeDto> {
    return this.profile.me();
  }

  @Post('password')
  @HttpCode(204)
  @PermitSignedIn({ beforePasswordChange: true })
  @ApiNoContentResponse({ description: 'every other device is signed out' })
  changePassword(@Body() body: ChangePasswordDto): Promise<void> {
    return this.passwords.change(body.currentPassword, body.newPassword);
  }

  @Get('devices')
  @PermitSignedIn()
  @ApiOkResponse({ type: DeviceListDto })
  async devices(): Promise<DeviceListDto> {
    return { items: await this.sessions.devices() };
  }

  @Delete('devices')
  @HttpCode(204)
  @PermitSignedIn()
  @ApiNoContentResponse({ description: 'signs out everywhere, here too' })
  async endEverywhere(@Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.endEverywhere();
    this.cookie.clear(reply);
  }

  @Delete('devices/:id')
  @HttpCode(204)
  @PermitSignedIn()
  @ApiNoContentResponse()
  endDevice(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    return this.sessions.endDevice(id);
  }
}

@ApiTags('auth')
@Controller('setup')
export class SetupController {
  constructor(private readonly setup: SetupService) {}

  @Get()
  @Public()
  @ApiOkResponse({ type: SetupStateDto })
  async state(): Promise<SetupStateDto> {
    return { needed: await this.setup.isNeeded() };
  }

  @Post()
  @Public()
  @ApiCreatedResponse({ type: SetupStateDto })
  async found(@Body() body: SetupDto): Promise<SetupStateDto> {
    const { administrator, ...organisation } = body;
    await this.setup.createFirstAdministrator(administrator, organisation);
    return { needed: false };
  }
}
