package io.portolan.sftp.client.internal.session;

import io.portolan.guard.RateLimit;
import io.portolan.sftp.client.internal.protocol.ProtocolSettings;

/**
 * How sessions are.
 *
 * @param protocol which versions are offered, and how long replies may take
 * @param memory octets that the transfers of a session may have under way or hold, all together
 * @param rateLimit for the transfers of all sessions
 */
public record SessionSettings(ProtocolSettings protocol, long memory, RateLimit rateLimit) {}
