import type { INestApplicationContext } from '@nestjs/common';
import { bankContent2017, ContentImport } from '@xuekao/bank';
import { ContentImportService, handbookContent2017 } from '@xuekao/handbook';

/** The handbook and the questions that ship with the product; what is there already stays as it is. */
export async function importShippedContent(app: INestApplicationContext): Promise<void> {
  await app.get(ContentImportService).importContent(handbookContent2017);
  await app.get(ContentImport).importContent(bankContent2017);
}
