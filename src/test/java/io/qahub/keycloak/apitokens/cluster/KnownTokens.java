package io.qahub.keycloak.apitokens.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/** The owners and tokens of a history: those that may be changed, and all token strings that were handed out. */
final class KnownTokens {
    private static final int RECENT = 12;

    private final List<Owner> owners = new ArrayList<>();
    private final List<Known> unchanged = new ArrayList<>();
    private final List<Known> all = new ArrayList<>();
    private final List<Known> recent = new ArrayList<>();
    private final Set<String> rotating = new HashSet<>();

    synchronized void add(Owner owner) {
        owners.add(owner);
    }

    synchronized void remove(Owner owner) {
        owners.remove(owner);
        unchanged.removeIf(known -> known.owner.equals(owner));
    }

    synchronized void add(Known known) {
        unchanged.add(known);
        all.add(known);
    }

    /** The token string will not be active again, or its state is unknown. */
    synchronized void end(Known known) {
        unchanged.remove(known);
    }

    /** Returns false if the token is being rotated, or if this is not its current token string. */
    synchronized boolean beginRotation(Known known) {
        return unchanged.contains(known) && rotating.add(known.id);
    }

    synchronized void endRotation(Known known) {
        rotating.remove(known.id);
    }

    /** Readers ask more often about those of these tokens that were not changed before. */
    synchronized void noteChange(List<Known> changed) {
        changed.stream().filter(unchanged::contains).forEach(recent::add);
        while (recent.size() > RECENT) {
            recent.remove(0);
        }
    }

    synchronized Optional<Owner> anyOwner(Random random) {
        return any(owners, random);
    }

    synchronized int ownerCount() {
        return owners.size();
    }

    synchronized Optional<Known> anyUnchanged(Random random) {
        return any(unchanged, random);
    }

    synchronized int unchangedCount() {
        return unchanged.size();
    }

    synchronized List<Known> unchangedOf(Owner owner) {
        return unchanged.stream().filter(known -> known.owner.equals(owner)).toList();
    }

    /** Returns also those that may not be changed any more, because a request about them was rejected. */
    synchronized List<Known> allOf(Owner owner) {
        return all.stream().filter(known -> known.owner.equals(owner)).toList();
    }

    /** Returns a token that was changed recently, one that was not changed, or any. */
    synchronized Optional<Known> anyToVerify(Random random) {
        int kind = random.nextInt(10);
        return any(kind < 5 ? recent : kind < 9 ? unchanged : all, random);
    }

    synchronized List<Known> all() {
        return List.copyOf(all);
    }

    private static <T> Optional<T> any(List<T> list, Random random) {
        int index = random.nextInt(1_000_000);
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(index % list.size()));
    }

    /**
     * An owner.
     *
     * @param creation none of their tokens is created while all are being revoked
     * @param enabling held while the owner is disabled and enabled again
     */
    record Owner(String name, String id, ReentrantReadWriteLock creation, ReentrantLock enabling) {
        Owner(String name, String id) {
            this(name, id, new ReentrantReadWriteLock(), new ReentrantLock());
        }

        String enabled() {
            return name + " is enabled";
        }

        String exists() {
            return name + " exists";
        }
    }

    /** A token string. */
    record Known(Owner owner, String id, int number, String string) {
        String notRevoked() {
            return "token " + id + " is not revoked";
        }

        String notReplaced() {
            return "secret " + number + " is not replaced";
        }

        /** The secret of a creation is known everywhere; nodes may have cached the token before a rotation. */
        String heardOf() {
            return "secret " + number + " is heard of";
        }

        List<String> conditions() {
            return Stream.of(owner.enabled(), owner.exists(), notRevoked(), notReplaced(), heardOf())
                    .toList();
        }
    }
}
