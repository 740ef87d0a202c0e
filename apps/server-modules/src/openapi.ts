import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { RoutePolicyCheck } from '@xuekao/platform';
import type { RoutePolicy } from '@xuekao/platform';

const operationId = (controller: string, method: string): string =>
  `${controller.replace(/Controller$/, '')}_${method}`;

/** The API's description; the web client's types are generated from it. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('Xuekao API')
    .setDescription('Refusals are RFC 9457 problem+json with a stable `code`. Marks are integer hundredths of a point.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  return withPolicies(app, SwaggerModule.createDocument(app, options, { operationIdFactory: operationId }));
}

/** Every operation says as `x-access` who may call it, and needs a token unless it is public. */
function withPolicies(app: INestApplication, document: OpenAPIObject): OpenAPIObject {
  const policies = new Map<string, RoutePolicy | undefined>();
  for (const { name, policy } of app.get(RoutePolicyCheck).routes()) {
    const [controller, method] = name.split('.') as [string, string];
    policies.set(operationId(controller, method), policy);
  }
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.put, path.post, path.patch, path.delete]) {
      if (!operation) continue;
      const policy = policies.get(operation.operationId ?? '');
      const security = policy?.kind === 'public' ? [] : [{ bearer: [] }];
      Object.assign(operation, { security, 'x-access': policy });
    }
  }
  return document;
}

/** `/api/openapi.json` and the page `/api/docs`; the document is made at the first request. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiOf(app), { jsonDocumentUrl: 'api/openapi.json' });
}
