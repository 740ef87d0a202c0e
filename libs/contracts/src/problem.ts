/** RFC 9457 problem details, the one shape of every refusal over HTTP and in socket acknowledgements. */
export interface Problem {
  readonly type: string;
  /** HTTP status; sockets carry it too. */
  readonly status: number;
  /** Stable dotted code, such as `exam.attempt.closed`. */
  readonly code: string;
  /** Chinese, for people. */
  readonly title: string;
  /** Chinese, with the facts in the sentence. */
  readonly detail?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Field errors of a refused form: path, code and Chinese sentence. */
  readonly errors?: readonly FieldProblem[];
  readonly requestId?: string;
}

export interface FieldProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** What a refusal code means over HTTP and in Chinese; `{name}` is filled from the facts. */
export interface ProblemText {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
}

/** `{name}` in a sentence is replaced by the fact of that name; an unknown name stays visible. */
export function fillFacts(sentence: string, facts: Readonly<Record<string, unknown>>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole));
}
