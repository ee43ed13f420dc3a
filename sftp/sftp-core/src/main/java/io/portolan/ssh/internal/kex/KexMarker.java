package io.portolan.ssh.internal.kex;

import java.util.Arrays;

/**
 * Names in the list of key exchanges that are never chosen, but say what their sender understands. They count in the first KEXINIT of a
 * connection only; in a later one peers may repeat them or not.
 */
public enum KexMarker {
    /** The client takes SSH_MSG_EXT_INFO (RFC 8308 section 2.1). */
    EXT_INFO_CLIENT("ext-info-c"),
    /** The server takes SSH_MSG_EXT_INFO. */
    EXT_INFO_SERVER("ext-info-s"),
    /** The client knows strict key exchange, the answer to prefix truncation (OpenSSH's PROTOCOL, section 1.9). */
    STRICT_CLIENT("kex-strict-c-v00@openssh.com"),
    /** The server knows strict key exchange. */
    STRICT_SERVER("kex-strict-s-v00@openssh.com");

    private final String wireName;

    KexMarker(String wireName) {
        this.wireName = wireName;
    }

    /** As it stands in the list. */
    public String wireName() {
        return wireName;
    }

    /** Whether a proposal has it. */
    public boolean isIn(AlgorithmProposal proposal) {
        return proposal.keyExchanges().contains(wireName);
    }

    public static boolean is(String name) {
        return Arrays.stream(values()).anyMatch(marker -> marker.wireName.equals(name));
    }
}
