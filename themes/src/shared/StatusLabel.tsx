import { Label } from "@patternfly/react-core";
import BanIcon from "@patternfly/react-icons/dist/esm/icons/ban-icon";
import CheckCircleIcon from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import ClockIcon from "@patternfly/react-icons/dist/esm/icons/clock-icon";
import ExclamationTriangleIcon from "@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon";
import { useMessages } from "./messages";
import type { Status } from "./tokens";

const LOOKS = {
  active: { key: "apiTokensActive", color: "green", icon: <CheckCircleIcon /> },
  soon: { key: "apiTokensExpiresSoon", color: "gold", icon: <ExclamationTriangleIcon /> },
  expired: { key: "apiTokensExpired", color: "orange", icon: <ClockIcon /> },
  revoked: { key: "apiTokensRevoked", color: "grey", icon: <BanIcon /> },
} as const;

/** A status; "soon" is an active token that expires soon. */
export function StatusLabel({ status }: { status: Status | "soon" }) {
  const { t } = useMessages();
  const { key, color, icon } = LOOKS[status];
  return (
    <Label color={color} icon={icon} isCompact>
      {t(key)}
    </Label>
  );
}
