/**
 * The requests, one class each, and the table of them for version 3 of the protocol: {@link io.portolan.sftp.server.internal.request.Version3}. To add an extension:
 * one class that implements {@link io.portolan.sftp.server.internal.request.Extension}, and its place in
 * {@link io.portolan.sftp.server.internal.request.Extensions}.
 */
@NullMarked
package io.portolan.sftp.server.internal.request;

import org.jspecify.annotations.NullMarked;
