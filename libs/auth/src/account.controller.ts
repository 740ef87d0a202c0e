import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { PageQuery, Permit, SecretResponse } from '@xuekao/platform';
import {
  AccountPageDto,
  CreateAccountDto,
  CreateAccountsDto,
  NewAccountDto,
  NewAccountListDto,
  ReasonDto,
  type AccountRowDto,
} from './account.dto.js';
import { AccountService, type AccountRow } from './account.service.js';

function shown({ account, ...row }: AccountRow): AccountRowDto {
  if (account === null) return { ...row, account };
  const { id, loginName, state, mustChangePassword, lastSignInAt } = account;
  return { ...row, account: { id, loginName, state, mustChangePassword, lastSignInAt } };
}

@ApiTags('auth')
@Controller('accounts')
export class AccountController {
  constructor(private readonly accounts: AccountService) {}

  @Get()
  @Permit('auth.accounts')
  @ApiOkResponse({ type: AccountPageDto, description: 'people of the scope, with or without an account' })
  async list(@Query() query: PageQuery): Promise<AccountPageDto> {
    const page = await this.accounts.list(query);
    return { ...page, items: page.items.map(shown) };
  }

  @Post()
  @SecretResponse()
  @Permit('auth.accounts')
  @ApiCreatedResponse({ type: NewAccountDto })
  create(@Body() body: CreateAccountDto): Promise<NewAccountDto> {
    return this.accounts.create(body.memberId, body.loginName);
  }

  @Post('bulk')
  @SecretResponse()
  @Permit('auth.accounts')
  @ApiCreatedResponse({ type: NewAccountListDto, description: 'who has an account already is passed over' })
  async createMany(@Body() body: CreateAccountsDto): Promise<NewAccountListDto> {
    return { items: await this.accounts.createMany(body.memberIds) };
  }

  @Post(':id/reset')
  @SecretResponse()
  @HttpCode(200)
  @Permit('auth.accounts')
  @ApiOkResponse({ type: NewAccountDto, description: 'a new initial password; every session ends' })
  reset(@Param('id', ParseUUIDPipe) id: string, @Body() body: ReasonDto): Promise<NewAccountDto> {
    return this.accounts.reset(id, body.reason);
  }

  @Post(':id/disable')
  @HttpCode(204)
  @Permit('auth.accounts')
  @ApiNoContentResponse()
  disable(@Param('id', ParseUUIDPipe) id: string, @Body() body: ReasonDto): Promise<void> {
    return this.accounts.setState(id, 'disabled', body.reason);
  }

  @Post(':id/enable')
  @HttpCode(204)
  @Permit('auth.accounts')
  @ApiNoContentResponse()
  enable(@Param('id', ParseUUIDPipe) id: string, @Body() body: ReasonDto): Promise<void> {
    return this.accounts.setState(id, 'active', body.reason);
  }
}
