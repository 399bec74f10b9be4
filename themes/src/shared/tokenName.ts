const MAX_LENGTH = 100;
const MAX_DESCRIPTION_LENGTH = 500;

// The rules of the server's class TokenName, which explains them.
const EMOJI = String.raw`\u{1F000}-\u{1FAFF}`;
const INVISIBLE = String.raw`(?![\u200C\u200D${EMOJI}])[\p{C}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u2800\u3164\uFFA0]`;
const JOINED = String.raw`(?!\p{ASCII})[\p{Lo}\p{M}\p{S}${EMOJI}]`;
const STRAY_JOINER = String.raw`(?<!${JOINED})[\u200C\u200D]|[\u200C\u200D](?!${JOINED})`;
const STRAY_SELECTOR = String.raw`(?<!(?!\p{ASCII})[\p{Lo}\p{S}\p{P}${EMOJI}])(?<![0-9#*](?=\uFE0F\u20E3))[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]`;
const UNWANTED = new RegExp(`${INVISIBLE}|${STRAY_JOINER}|${STRAY_SELECTOR}`, "u");
const VISIBLE = new RegExp(String.raw`[\p{L}\p{N}\p{P}\p{S}${EMOJI}]`, "u");
const SECRET = /qh_[0-9a-z]{6}_[0-9A-Za-z]{20}/;

/** The message key of the error in a token's name, if any. */
export function nameError(name: string): string | undefined {
  const trimmed = name.trim();
  if (!trimmed) {
    return "apiTokensNameMissing";
  }
  if ([...trimmed].length > MAX_LENGTH) {
    return "apiTokensNameTooLong";
  }
  if (UNWANTED.test(trimmed) || !VISIBLE.test(trimmed)) {
    return "apiTokensNameInvisible";
  }
  return SECRET.test(trimmed) ? "apiTokensNameSecret" : undefined;
}

/** The message key of the error in a token's description, which can be empty and have several lines. */
export function descriptionError(description: string): string | undefined {
  const trimmed = description.trim();
  if ([...trimmed].length > MAX_DESCRIPTION_LENGTH) {
    return "apiTokensDescriptionTooLong";
  }
  if (UNWANTED.test(trimmed.replaceAll("\n", " "))) {
    return "apiTokensDescriptionInvisible";
  }
  return SECRET.test(trimmed) ? "apiTokensDescriptionSecret" : undefined;
}
