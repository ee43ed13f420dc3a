package io.portolan.sftp.client.internal.connect;

/**
 * The user event by which whoever has a channel only says that its connection is to end, however far that is.
 *
 * @param why what those hear who wait for it
 */
record CloseRequested(String why) {}
