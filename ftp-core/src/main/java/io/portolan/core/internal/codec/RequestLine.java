package io.portolan.core.internal.codec;

/** What {@link FtpRequestDecoder} makes of one line. */
public sealed interface RequestLine permits FtpRequest, MalformedRequest {}
