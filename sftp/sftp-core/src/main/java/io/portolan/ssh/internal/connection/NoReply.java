package io.portolan.ssh.internal.connection;

/** For requests to which the peer wants no reply. */
final class NoReply implements GlobalRequests.Reply {

    static final NoReply INSTANCE = new NoReply();

    private NoReply() {}

    @Override
    public void success(byte[] response) {
        // Nobody wants to know.
    }

    @Override
    public void failure() {
        // Nobody wants to know.
    }
}
