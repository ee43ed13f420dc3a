package io.portolan.sftp.client.internal.auth;

import io.portolan.sftp.client.internal.Untrusted;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Signs by way of an agent. */
final class AgentSigner implements Signer {

    /** How an agent is told which of RSA's algorithms to use (RFC 9987 section 3.6.1). */
    private static final Map<String, Integer> RSA_FLAGS = Map.of("rsa-sha2-512", 4, "rsa-sha2-256", 2);

    private static final String RSA = "ssh-rsa";
    private static final String DSA = "ssh-dss";
    private static final int MAX_COMMENT = 80;

    private final AgentClient agent;
    private final AgentClient.AgentKey key;
    private final String type;

    AgentSigner(AgentClient agent, AgentClient.AgentKey key) throws SshProtocolException {
        this.agent = agent;
        this.key = key;
        this.type = SshCertificate.typeOf(key.blob());
    }

    @Override
    public String name() {
        return "the agent's key " + Untrusted.line(key.comment(), MAX_COMMENT) + " (" + type + " " + fingerprint()
                + ")";
    }

    private String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.blob());
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public byte[] blob() {
        return key.blob();
    }

    @Override
    public List<String> algorithms() {
        return switch (type) {
            case RSA -> List.of("rsa-sha2-512", "rsa-sha2-256");
            case RSA + SshCertificate.SUFFIX ->
                List.of("rsa-sha2-512" + SshCertificate.SUFFIX, "rsa-sha2-256" + SshCertificate.SUFFIX);
            case DSA, DSA + SshCertificate.SUFFIX -> List.of();
            default -> List.of(type);
        };
    }

    /** Its owner may have to confirm, or to touch something. */
    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public byte[] sign(String algorithm, byte[] data) throws IOException {
        String plain = SshCertificate.isCertificate(algorithm) ? SshCertificate.withoutSuffix(algorithm) : algorithm;
        return agent.sign(key.blob(), data, plain, RSA_FLAGS.getOrDefault(plain, 0));
    }
}
