import { createContext, useContext } from "react";
import type { AdminRights } from "../shared/adminRights";
import type { AdminApi } from "./adminApi";

/** Values that all parts of the page need. */
export interface Admin {
  api: AdminApi;
  rights: AdminRights;
  /** Whether the realm has organizations, as far as the admin may see it. */
  organizations: boolean;
  /** Reports that the realm was changed. */
  realmChanged(): void;
}

const AdminContext = createContext<Admin | undefined>(undefined);
export const AdminProvider = AdminContext.Provider;

export function useAdmin(): Admin {
  const admin = useContext(AdminContext);
  if (!admin) {
    throw new Error("There is no admin.");
  }
  return admin;
}
