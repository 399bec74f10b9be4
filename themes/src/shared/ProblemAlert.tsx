import { Alert, AlertActionLink } from "@patternfly/react-core";
import { useMessages } from "./messages";
import type { Problem } from "./problem";
import type { Session } from "./session";

interface Props {
  problem: Problem;
  session?: Session;
  onRetry?(): void;
}

const TITLES = {
  network: "apiTokensNetworkProblem",
  session: "apiTokensSessionProblem",
  stepUp: "apiTokensSessionProblem",
  refused: "apiTokensRefused",
  server: "apiTokensServerProblem",
} as const;

const ADVICE = {
  network: "apiTokensNetworkAdvice",
  session: "apiTokensSessionAdvice",
  stepUp: "apiTokensSessionAdvice",
  refused: "apiTokensRefusedAdvice",
  server: "apiTokensServerAdvice",
} as const;

/** Reports a problem, and offers the next step. */
export function ProblemAlert({ problem, session, onRetry }: Props) {
  const { t } = useMessages();
  const { kind, status, maxAge } = problem;
  const signIn = kind === "session" || kind === "stepUp";
  const wayOn = signIn ? (
    <AlertActionLink onClick={() => (session ? void session.signIn(maxAge) : location.reload())}>
      {t("apiTokensSignIn")}
    </AlertActionLink>
  ) : (
    onRetry && <AlertActionLink onClick={onRetry}>{t("apiTokensTryAgain")}</AlertActionLink>
  );
  return (
    <Alert isInline isLiveRegion variant="danger" title={t(TITLES[kind])} actionLinks={wayOn}>
      {problem.description ? <span lang="en">{problem.description}</span> : t(ADVICE[kind], { status })}
    </Alert>
  );
}
