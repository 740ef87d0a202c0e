/** Which of a person's attempts an analysis counts. */
export const attemptChoices = { highest: '最高分', first: '第一次', last: '最后一次', all: '全部答卷' } as const;
export type AttemptChoice = keyof typeof attemptChoices;

/** What an option's figures say to who looks after the question. */
export const optionFlags = {
  'never-chosen': '无人选择',
  'drawn-to-by-strong': '高分组比低分组更多选择',
  'beats-key-among-strong': '高分组选它多于正确项，请核对答案',
} as const;
export type OptionFlag = keyof typeof optionFlags;
