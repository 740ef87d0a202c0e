import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

/** The API's description; the web client's types are generated from it. */
export function openApiOf(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('Xuekao API')
    .setDescription('Refusals are RFC 9457 problem+json with a stable `code`. Marks are integer hundredths of a point.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, options, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}

/** `/api/openapi.json` and the page `/api/docs`; the document is made at the first request. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => openApiOf(app), { jsonDocumentUrl: 'api/openapi.json' });
}
