/**
 * FTP on the wire, both directions: requests, replies, Telnet, network ASCII, MODE Z. Plain parsers and writers under thin handlers. Start with
 * {@link io.portolan.core.internal.codec.FtpRequestDecoder} and {@link io.portolan.core.internal.codec.FtpReplyEncoder}.
 */
@NullMarked
package io.portolan.core.internal.codec;

import org.jspecify.annotations.NullMarked;
