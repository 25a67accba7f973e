import { MisuseError, shown } from '../base/errors.js';
import { contentHash } from '../base/hash.js';
import { checked } from '../base/validation.js';
import { format, type Model, modelSchema, modelVersion } from './model.js';

/** The model as the text of a JSON file. */
export function writeModel(model: Model): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}

/**
 * Reads a model back; it scores the same to the last bit.
 *
 * @throws MisuseError when the text is no JSON or no model, of another version, or has been changed
 */
export function readModel(text: string): Model {
  if (typeof text !== 'string') {
    throw new MisuseError(`readModel: expected the text of a model file, got ${typeof text}`);
  }
  const file = parsed(text);
  if (file.format !== format) {
    throw new MisuseError(`readModel: expected format "${format}", got ${shown(file.format)}`);
  }
  if (file.version !== modelVersion) {
    throw new MisuseError(
      `readModel: expected version ${modelVersion}, got ${shown(file.version)}; use the release of bookgrade that wrote it, or a newer one`,
    );
  }
  const { hash, ...content } = file;
  const found = contentHash(content);
  if (hash !== found) {
    throw new MisuseError(
      `readModel: the model was changed after it was written: its hash is ${typeof hash === 'string' ? `${hash.slice(0, 12)}…` : 'missing'}, its content's ${found.slice(0, 12)}…; change the plan and calibrate again`,
    );
  }
  return checked(modelSchema, file, 'model');
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, like any other text that is no model.
  }
  throw new MisuseError(
    `readModel: expected the JSON of a model, got ${JSON.stringify(text.slice(0, 30))}`,
  );
}
