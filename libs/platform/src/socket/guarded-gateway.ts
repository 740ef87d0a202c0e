import { applyDecorators, UseFilters, UseGuards, UseInterceptors, UsePipes } from '@nestjs/common';
import { validationPipe } from '../http/validation.js';
import { SocketContextInterceptor } from './socket-context.interceptor.js';
import { SocketGuard } from './socket.guard.js';
import { SocketProblemFilter } from './socket-problem.filter.js';

/**
 * What every gateway of the product wears: Nest's global guards, pipes and filters do not reach gateways. A spec sends every
 * message without identity, without right and with a broken body to each gateway.
 */
export const GuardedGateway = (): ClassDecorator =>
  applyDecorators(
    UseGuards(SocketGuard),
    UseInterceptors(SocketContextInterceptor),
    UsePipes(validationPipe()),
    UseFilters(SocketProblemFilter),
  ) as ClassDecorator;
