package io.portolan.sftp.client;

/**
 * A host of which nothing is known: whether to trust it is for somebody to say who has its fingerprint from elsewhere.
 *
 * @param host its name or address
 * @param port its port
 * @param keyType such as {@code ssh-ed25519}
 * @param fingerprint of the key that it has shown, as OpenSSH prints it: {@code SHA256:…}
 */
public record HostKeyQuestion(String host, int port, String keyType, String fingerprint) {}
