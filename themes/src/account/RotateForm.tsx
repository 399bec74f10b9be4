import { Alert, Form, Text, TextContent } from "@patternfly/react-core";
import { ExpiryField } from "../shared/ExpiryField";
import type { LifetimeRules } from "../shared/lifetime";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { RevokeNames } from "../shared/RevokeNames";
import type { Session } from "../shared/session";
import { OverlapField } from "./OverlapField";
import { isRenewal, mayKeepExpiry, type Rotation } from "./rotation";
import type { Rotating } from "./useRotation";

interface Props {
  session: Session;
  rules: LifetimeRules;
  chosen: Rotation;
  rotating: Rotating;
  onChange(values: Partial<Rotation>): void;
}

/** The overlap of the old secret and the new expiry. */
export function RotateForm({ session, rules, chosen, rotating, onChange }: Props) {
  const { t } = useMessages();
  const { mistake, problem } = rotating;
  const { token } = chosen;
  const renewal = isRenewal(token);
  const rotate = () => void rotating.rotate(chosen);
  return (
    <Form
      id="rotate-api-token-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        rotate();
      }}
    >
      {chosen.kept && !problem && (
        <Alert isInline variant="info" title={t(renewal ? "apiTokensRenewalKept" : "apiTokensRotationKept")} />
      )}
      {problem?.isRepeated ? (
        <Alert isInline isLiveRegion variant="warning" title={t("apiTokensRotationRepeated")}>
          {t("apiTokensRotationRepeatedAdvice")}
        </Alert>
      ) : (
        problem && <ProblemAlert problem={problem} session={session} onRetry={rotate} />
      )}
      {problem?.isOutcomeUnknown && <Alert isInline isLiveRegion variant="info" title={t("apiTokensRotationLost")} />}
      <div>
        <RevokeNames tokens={[token]} />
        <TextContent>
          <Text component="p">{t(renewal ? "apiTokensRenewHelp" : "apiTokensRotateHelp")}</Text>
        </TextContent>
      </div>
      {!renewal && <OverlapField chosen={chosen} onChange={onChange} />}
      <ExpiryField
        choice={chosen}
        rules={rules}
        current={mayKeepExpiry(token, rules) ? token.expiresAt : undefined}
        mistake={mistake}
        onChange={onChange}
      />
    </Form>
  );
}
