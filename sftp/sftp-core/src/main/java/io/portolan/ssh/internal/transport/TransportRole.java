package io.portolan.ssh.internal.transport;

import java.util.List;

/** Which end of the connection this is, with what only that end has. */
public sealed interface TransportRole {

    /**
     * The server.
     *
     * @param hostKeys its keys, at least one
     */
    record Server(List<HostKey> hostKeys) implements TransportRole {
        public Server {
            hostKeys = List.copyOf(hostKeys);
            if (hostKeys.isEmpty()) {
                throw new IllegalArgumentException("hostKeys: there is none");
            }
        }

        @Override
        public boolean peerIsClient() {
            return true;
        }
    }

    /**
     * The client.
     *
     * @param verifier whom it trusts
     */
    record Client(HostKeyVerifier verifier) implements TransportRole {
        @Override
        public boolean peerIsClient() {
            return false;
        }
    }

    /** Whether the other end is the client. */
    boolean peerIsClient();
}
