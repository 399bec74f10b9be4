import { Button, Form, FormGroup, Spinner } from "@patternfly/react-core";
import { useState } from "react";
import { Dialog } from "../shared/Dialog";
import { useMessages } from "../shared/messages";
import { ProblemAlert } from "../shared/ProblemAlert";
import { asProblem, type Problem } from "../shared/problem";
import { TextField } from "../shared/TextField";
import { useLoaded } from "../shared/useLoaded";
import { useAdmin } from "./AdminContext";
import { RevocationScope } from "./RevocationScope";
import { bodyOf, type Revocation } from "./revocation";

interface Props {
  revocation: Revocation;
  /** Called with the number of revoked tokens; undefined if nothing was attempted. */
  onClosed(revoked?: number): void;
}

/** Shows how many tokens would be revoked, and revokes them after confirmation. */
export function RevocationDialog({ revocation, onClosed }: Props) {
  const { t, count } = useMessages();
  const { api } = useAdmin();
  const trial = useLoaded<number | undefined>(undefined, "", () => api.revoke(bodyOf(revocation), true));
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const [typed, setTyped] = useState("");
  const expected = trial.value;
  const mustType = (revocation.kind === "match" || revocation.kind === "scope") && !!expected;
  const ready = !!expected && (!mustType || typed.trim() === String(expected));

  const revoke = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      onClosed(await carryOut());
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };
  const carryOut = async () => {
    const [only, ...others] = revocation.kind === "tokens" ? revocation.tokens : [];
    if (!only || others.length > 0) {
      return api.revoke(bodyOf(revocation), false);
    }
    await api.revokeOne(only.id);
    return 1;
  };
  // After a failure, some tokens may already be revoked, so the list must be reloaded.
  const close = () => !busy && onClosed(problem ? 0 : undefined);

  return (
    <Dialog
      className="qh-dialog"
      variant="small"
      title={title()}
      titleIconVariant="warning"
      titleLabel={t("apiTokensWarning")}
      aria-describedby="revoke-consequence"
      isOpen
      onClose={close}
      actions={
        expected === 0
          ? [closeButton("primary", "apiTokensClose")]
          : [revokeButton(), closeButton("link", "apiTokensCancel")]
      }
    >
      {trial.problem && <ProblemAlert problem={trial.problem} session={api.session} onRetry={trial.reload} />}
      {problem && <ProblemAlert problem={problem} session={api.session} onRetry={() => void revoke()} />}
      {trial.loading && <Spinner size="md" aria-label={t("apiTokensWorking")} />}
      <RevocationScope revocation={revocation} expected={expected} />
      {mustType && (
        <Form
          className="qh-revoke-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !busy) {
              void revoke();
            }
          }}
        >
          <FormGroup label={t("apiTokensTypeNumber", { number: expected })} fieldId="revoke-number">
            <TextField id="revoke-number" inputMode="numeric" value={typed} onChange={setTyped} />
          </FormGroup>
        </Form>
      )}
    </Dialog>
  );
  function title(): string {
    if (expected === undefined) {
      return t("apiTokensRevokeCounting");
    }
    return expected === 0 ? t("apiTokensRevokeNone") : count("apiTokensRevokeQuestion", expected);
  }

  function revokeButton() {
    return (
      <Button
        key="revoke"
        id="confirm-revoke"
        variant="danger"
        onClick={() => void revoke()}
        isDisabled={busy || !ready}
        isLoading={busy}
        spinnerAriaValueText={t("apiTokensWorking")}
      >
        {expected ? count("apiTokensRevokeSelected", expected) : t("apiTokensRevoke")}
      </Button>
    );
  }

  function closeButton(variant: "primary" | "link", label: string) {
    return (
      <Button key="close" variant={variant} onClick={close} isDisabled={busy}>
        {t(label)}
      </Button>
    );
  }
}
