import { useEffect, useState } from "react";
import { useMessages } from "../shared/messages";
import { Suggestions } from "../shared/Suggestions";
import { useAdmin } from "./AdminContext";

interface Props {
  user: string;
  onUser(user: string): void;
}

/** The filter by owner: a complete username or user ID. Applies when a name is chosen or entered, or the field loses focus. */
export function UserFilter({ user, onUser }: Props) {
  const { t } = useMessages();
  const { api } = useAdmin();
  const [typed, setTyped] = useState(user);
  useEffect(() => setTyped(user), [user]);
  const apply = (text: string) => text.trim() !== user && onUser(text.trim());
  const change = (text: string) => {
    setTyped(text);
    if (!text) {
      onUser("");
    }
  };
  return (
    <Suggestions
      id="api-tokens-user"
      type="search"
      aria-label={t("apiTokensUser")}
      placeholder={t("apiTokensUser")}
      value={typed}
      onChange={change}
      onChosen={apply}
      onBlur={() => apply(typed)}
      onKeyDown={(event) => event.key === "Enter" && apply(typed)}
      suggest={(text, signal) => (text.trim() ? api.usernames(text.trim(), signal) : Promise.resolve([]))}
    />
  );
}
