package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** What extensions ask of the files that they are given handles of. */
final class OpenFiles {

    private OpenFiles() {}

    /** Reads the handle of a file that is open for reading, at any place. */
    static FileHandle readable(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        FileHandle file = notText(request, channel);
        if (!file.isReadable()) {
            throw new RequestFailure(SftpStatus.PERMISSION_DENIED, "The file is not open for reading");
        }
        return file;
    }

    /** Reads the handle of a file that is open for writing, at any place. */
    static FileHandle writable(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        FileHandle file = notText(request, channel);
        if (!file.isWritable()) {
            throw new RequestFailure(SftpStatus.PERMISSION_DENIED, "The file is not open for writing");
        }
        return file;
    }

    private static FileHandle notText(Request request, SftpChannel channel)
            throws SshProtocolException, RequestFailure {
        FileHandle file = channel.handles().read(request.reader(), FileHandle.class);
        if (file.isText()) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "The file is open in text mode");
        }
        return file;
    }

    /** Refuses a part that no file can have. */
    static void requireRange(long offset, long length) throws RequestFailure {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "No file is that long");
        }
    }
}
