package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.kex.Negotiation;

/** The user event that tells that keys have been exchanged once more, and are used both ways (RFC 4253, section 9). */
public record KeysRenewed(Negotiation agreed) {}
