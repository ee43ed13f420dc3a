package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What both sides have seen of each other before the key exchange proper, and the hash H over all of it (RFC 4253 section 8, RFC 5656 section 4, RFC 4419 section 3). Immutable,
 * if nobody changes the arrays.
 */
public final class KexTranscript {

    private final SshWriter beginning;

    /**
     * The four things that are known first.
     *
     * @param clientVersion the client's identification line, without CR LF
     * @param serverVersion the server's
     * @param clientInit the payload of the client's KEXINIT, from the message number on
     * @param serverInit the server's
     */
    public KexTranscript(String clientVersion, String serverVersion, byte[] clientInit, byte[] serverInit) {
        // octets for characters: RFC 4253 wants US-ASCII, and what a peer sends beyond it must come back as it was
        beginning = new SshWriter(clientInit.length + serverInit.length + 256)
                .writeString(clientVersion.getBytes(StandardCharsets.ISO_8859_1))
                .writeString(serverVersion.getBytes(StandardCharsets.ISO_8859_1))
                .writeString(clientInit)
                .writeString(serverInit);
    }

    /**
     * H, which the server signs; that of a connection's first key exchange is the session identifier ever after.
     *
     * @param hostKey the server's public key, K_S
     */
    public byte[] hash(KexMethod method, byte[] hostKey, byte[] clientShare, byte[] serverShare, SharedSecret secret) {
        MessageDigest digest = method.newDigest();
        digest.update(beginning.toByteArray());
        byte[] group = method.hashedGroup();
        digest.update(new SshWriter(clientShare.length + serverShare.length + hostKey.length + group.length + 12)
                .writeString(hostKey)
                .writeBytes(group)
                .writeString(clientShare)
                .writeString(serverShare)
                .toByteArray());
        secret.update(digest);
        return digest.digest();
    }
}
