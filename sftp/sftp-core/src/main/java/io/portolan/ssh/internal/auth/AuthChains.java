package io.portolan.ssh.internal.auth;

import io.portolan.sftp.auth.LoginMethod;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which methods let a user in: any one of several chains, each of whose methods has to succeed, in order. {@code publickey} alone is a chain of one.
 *
 * @param chains at least one, and no empty one
 */
record AuthChains(List<List<LoginMethod>> chains) {

    AuthChains {
        chains = chains.stream().map(List::copyOf).toList();
        if (chains.isEmpty() || chains.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("chains: nobody could ever log in");
        }
    }

    /** What can come next. */
    Set<LoginMethod> next(List<LoginMethod> succeeded) {
        Set<LoginMethod> next = new LinkedHashSet<>();
        for (List<LoginMethod> chain : chains) {
            if (chain.size() > succeeded.size() && isPrefix(succeeded, chain)) {
                next.add(chain.get(succeeded.size()));
            }
        }
        return next;
    }

    /** Whether that is enough. */
    boolean isComplete(List<LoginMethod> succeeded) {
        return chains.contains(succeeded);
    }

    private static boolean isPrefix(List<LoginMethod> succeeded, List<LoginMethod> chain) {
        return chain.subList(0, succeeded.size()).equals(succeeded);
    }
}
