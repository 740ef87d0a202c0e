import { ValidationPipe } from '@nestjs/common';
import type { ArgumentMetadata } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldProblem } from '@xuekao/contracts';
import { Refused } from '../refused.js';
import { cleanInput } from './clean-input.js';

const sentences: Readonly<Record<string, string>> = {
  isNotEmpty: '不能为空',
  isDefined: '必须填写',
  isString: '应为文字',
  isInt: '应为整数',
  isNumber: '应为数字',
  isBoolean: '应为是或否',
  isArray: '应为列表',
  isUuid: '编号格式不正确',
  isIn: '不在可选范围内',
  isEnum: '不在可选范围内',
  isDateString: '日期格式不正确',
  matches: '格式不正确',
  min: '数值过小',
  max: '数值过大',
  minLength: '长度不足',
  maxLength: '长度超出限制',
  length: '长度不符合要求',
  isLength: '长度不符合要求',
  arrayMinSize: '数量不足',
  arrayMaxSize: '数量超出限制',
  arrayUnique: '有重复项',
  whitelistValidation: '不认识的字段',
};

/** The field errors of a tree of class-validator errors; paths are dotted, as `sections.0.count`. */
export function fieldProblems(errors: readonly ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const path = parent ? `${parent}.${error.property}` : error.property;
    const own = Object.keys(error.constraints ?? {}).map((code) => ({
      path,
      code,
      message: sentences[code] ?? '内容不符合要求',
    }));
    return [...own, ...fieldProblems(error.children ?? [], path)];
  });
}

class CleaningPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    return super.transform(cleanInput(value), metadata) as Promise<unknown>;
  }
}

/** Refuses unusable texts, unknown fields, wrong types and wrong values, all at once, each with its path. */
export function validationPipe(): ValidationPipe {
  return new CleaningPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    exceptionFactory: (errors) => new Refused('request.invalid', {}, fieldProblems(errors)),
  });
}
