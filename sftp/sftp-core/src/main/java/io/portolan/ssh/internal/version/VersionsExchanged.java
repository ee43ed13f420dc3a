package io.portolan.ssh.internal.version;

/**
 * The user event that both identification strings are known.
 *
 * @param local ours, without CR LF, as the exchange hash takes it (RFC 4253, section 8)
 * @param remote the peer's, likewise; printable US-ASCII
 */
public record VersionsExchanged(String local, String remote) {}
