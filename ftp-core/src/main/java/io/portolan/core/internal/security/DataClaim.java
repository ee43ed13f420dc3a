package io.portolan.core.internal.security;

import java.util.concurrent.CompletionStage;

/**
 * Tells, from what a client says first on a data connection, whether the connection is one session's, before anything has been answered. It keeps apart clients
 * who share an address; it lets nobody in, as what was said may have been recorded: what protects the connection still has to come about. From any thread.
 */
public interface DataClaim {

    /** What a beginning tells. */
    enum Verdict {
        /** More has to be said. */
        INCOMPLETE,
        /** It is this session's. */
        OWN,
        /** It is not, or it cannot be told. */
        FOREIGN
    }

    /**
     * Judges a beginning.
     *
     * @param said what the client has said so far; not to be changed by anybody
     * @return the verdict, maybe from another thread; a failure is to be taken for {@link Verdict#FOREIGN}
     */
    CompletionStage<Verdict> judge(byte[] said);
}
