import { createContext, useContext } from "react";
import type { AdminRights } from "../shared/adminRights";
import type { AdminApi } from "./adminApi";

/** What every part of the page needs. */
export interface Admin {
  api: AdminApi;
  rights: AdminRights;
  /** Says that the realm was changed. */
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
