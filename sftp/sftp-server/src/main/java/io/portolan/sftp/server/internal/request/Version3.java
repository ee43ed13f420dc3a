package io.portolan.sftp.server.internal.request;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.RenameMode;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.internal.engine.ProtocolVersion;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Version 3 (draft-ietf-secsh-filexfer-02), which nearly all clients speak, with OpenSSH's extensions. */
public final class Version3 implements ProtocolVersion {

    /** The one that serves all channels. */
    public static final Version3 INSTANCE = new Version3();

    private final Map<SftpMessageNumber, RequestHandler> handlers = new EnumMap<>(SftpMessageNumber.class);

    private Version3() {
        handlers.put(SftpMessageNumber.OPEN, new OpenRequest(3));
        handlers.put(SftpMessageNumber.CLOSE, new CloseRequest());
        handlers.put(SftpMessageNumber.READ, new ReadRequest());
        handlers.put(SftpMessageNumber.WRITE, new WriteRequest());
        handlers.put(SftpMessageNumber.LSTAT, new StatRequest(LinkHandling.NO_FOLLOW));
        handlers.put(SftpMessageNumber.FSTAT, new FstatRequest());
        handlers.put(SftpMessageNumber.SETSTAT, new SetstatRequest(LinkHandling.FOLLOW));
        handlers.put(SftpMessageNumber.FSETSTAT, new FsetstatRequest());
        handlers.put(SftpMessageNumber.OPENDIR, new OpendirRequest());
        handlers.put(SftpMessageNumber.READDIR, new ReaddirRequest());
        handlers.put(SftpMessageNumber.REMOVE, new RemoveRequest());
        handlers.put(SftpMessageNumber.MKDIR, new MkdirRequest());
        handlers.put(SftpMessageNumber.RMDIR, new RmdirRequest());
        handlers.put(SftpMessageNumber.REALPATH, new RealpathRequest());
        handlers.put(SftpMessageNumber.STAT, new StatRequest(LinkHandling.FOLLOW));
        handlers.put(SftpMessageNumber.RENAME, new RenameRequest(RenameMode.FAIL_IF_EXISTS));
        handlers.put(SftpMessageNumber.READLINK, new ReadlinkRequest());
        handlers.put(SftpMessageNumber.SYMLINK, new SymlinkRequest());
        handlers.put(SftpMessageNumber.EXTENDED, new ExtendedRequest(Extensions.STANDARD));
    }

    @Override
    public int number() {
        return 3;
    }

    @Override
    public @Nullable RequestHandler handler(SftpMessageNumber message) {
        return handlers.get(message);
    }
}
