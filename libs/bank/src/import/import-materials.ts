import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { QuestionMaterial } from '@xuekao/contracts';
import { newId, normalText } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { shownPicture } from '../formats/index.js';
import type { FileMaterial, FileQuestion } from '../formats/index.js';
import { ImportStore } from './import.store.js';

/** The same words with other pictures are another material. */
const formOf = ({ text, pictures = [] }: { text: string; pictures?: readonly { id: string }[] }): string =>
  [normalText(text), ...pictures.map((picture) => picture.id)].join('#');
const codeOf = (material: FileMaterial): string =>
  `m${createHash('sha256').update(formOf(material)).digest('hex').slice(0, 16)}`;
const titleOf = (material: FileMaterial): string => [...material.title.trim()].slice(0, 120).join('') || '材料';

/** Materials of imported questions: the same text is the same material, whoever brought it. */
@Injectable()
export class ImportMaterials {
  constructor(private readonly store: ImportStore) {}

  /** By the text's form; a text that the bank has not got yet has an id that no question can have. */
  async known(questions: readonly FileQuestion[]): Promise<Map<string, QuestionMaterial>> {
    const materials = new Map(
      questions.flatMap(({ material }) => (material ? [[formOf(material), material] as const] : [])),
    );
    if (materials.size === 0) return new Map();
    const byCode = new Map(
      (await this.store.materialsByCodes([...materials.values()].map(codeOf))).map((m) => [m.code, m]),
    );
    const titles = [...new Set([...materials.values()].map(titleOf))];
    const byBody = new Map(
      (await this.store.materialsByTitles(titles)).map(({ material, body, pictures }) => [
        formOf({ text: body, pictures }),
        material,
      ]),
    );
    return new Map(
      [...materials].map(([form, material]) => {
        const row = byCode.get(codeOf(material)) ?? byBody.get(form);
        const pictures = material.pictures?.map(shownPicture) ?? [];
        const shown = { title: titleOf(material), text: material.text, ...(pictures.length > 0 ? { pictures } : {}) };
        return [form, { id: row?.id ?? codeOf(material), versionId: row?.headVersionId ?? '', ...shown }];
      }),
    );
  }

  static of(question: FileQuestion, known: ReadonlyMap<string, QuestionMaterial>): QuestionMaterial | undefined {
    return question.material ? known.get(formOf(question.material)) : undefined;
  }

  /** Adds what is missing; call inside a transaction. */
  async ensure(
    questions: readonly FileQuestion[],
    topic: string,
    authorId: string,
    now: Instant,
  ): Promise<Map<string, QuestionMaterial>> {
    const known = await this.known(questions);
    for (const [form, material] of known) {
      if (material.versionId !== '') continue;
      const id = newId(now);
      const versionId = newId(now);
      await this.store.addMaterial(
        {
          id,
          code: material.id,
          title: material.title,
          topic,
          headVersionId: versionId,
          createdAt: now,
          updatedAt: now,
          version: 1,
        },
        {
          id: versionId,
          materialId: id,
          number: 1,
          title: material.title,
          body: material.text,
          pictures: [...(material.pictures ?? [])],
          authorId,
          createdAt: now,
        },
      );
      known.set(form, { ...material, id, versionId });
    }
    return known;
  }
}
