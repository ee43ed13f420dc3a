package io.portolan.sftp.server;

/**
 * What everybody may know of a key by which the server shows who it is.
 *
 * @param type such as {@code ssh-ed25519}
 * @param fingerprint as clients show it at the first connection: {@code SHA256:} and 43 characters
 * @param openSsh the key as it stands in a {@code known_hosts} file, behind the host's name
 */
public record PublicHostKey(String type, String fingerprint, String openSsh) {}
