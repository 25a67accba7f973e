import * as z from 'zod/mini';

/**
 * What must be known of a figure beside it: a code and the values that its sentence names. A model
 * keeps notes as these, so that rewording a sentence changes no model.
 */
export const noteSchema = z.strictObject({
  code: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by -')),
  values: z.optional(z.record(z.string(), z.union([z.number(), z.string()]))),
});
export type Note = z.output<typeof noteSchema>;
type NoteValues = NonNullable<Note['values']>;

/** The sentence of each code, without a stop, from the values of its note. */
export type NoteWordings = Readonly<Record<string, (values: NoteValues) => string>>;

/** The sentences of notes; throws a `RangeError` for a code without one, which is a fault of ours. */
export function noteTexts(notes: readonly Note[], wordings: NoteWordings): string[] {
  return notes.map(({ code, values = {} }) => {
    if (!Object.hasOwn(wordings, code)) throw new RangeError(`no sentence for the note "${code}"`);
    return wordings[code](values);
  });
}

/** The sentences of notes about a part: `sizes-one-period` says what `one-period` says, after `claim sizes: `. */
export function notesAbout(
  part: string,
  wordings: NoteWordings,
  before: (values: NoteValues) => string,
): NoteWordings {
  return Object.fromEntries(
    Object.entries(wordings).map(([code, wording]) => [
      `${part}-${code}`,
      (values: NoteValues) => `${before(values)}: ${wording(values)}`,
    ]),
  );
}
