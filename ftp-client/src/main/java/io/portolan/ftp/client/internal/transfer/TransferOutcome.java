package io.portolan.ftp.client.internal.transfer;

import io.portolan.ftp.FtpReply;

/**
 * A transfer that has succeeded.
 *
 * @param octets how many of the file were moved
 * @param reply the final reply
 */
public record TransferOutcome(long octets, FtpReply reply) {}
