package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.internal.engine.ProtocolVersion;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions after the third. What is not named here is as in the version before: attributes, names and statuses follow the version's number, and the flags by
 * which STAT and its likes say which attributes matter are a hint that is not needed.
 */
public final class NewerVersion implements ProtocolVersion {

    /** draft-ietf-secsh-filexfer-04: OPEN in text mode. */
    public static final NewerVersion FOUR =
            new NewerVersion(4, Version3.INSTANCE).with(SftpMessageNumber.OPEN, new OpenRequest(4));

    /** draft-ietf-secsh-filexfer-05: OPEN says what it wants to do and what is to be there, RENAME may replace. */
    public static final NewerVersion FIVE = new NewerVersion(5, FOUR)
            .with(SftpMessageNumber.OPEN, new AccessOpenRequest(5))
            .with(SftpMessageNumber.RENAME, new FlaggedRenameRequest());

    /** draft-ietf-secsh-filexfer-13: LINK in place of SYMLINK, REALPATH that looks, locks. */
    public static final NewerVersion SIX = new NewerVersion(6, FIVE)
            .with(SftpMessageNumber.OPEN, new AccessOpenRequest(6))
            .with(SftpMessageNumber.REALPATH, new CheckedRealpathRequest())
            .with(SftpMessageNumber.LINK, new LinkRequest())
            .with(SftpMessageNumber.BLOCK, new BlockRequest())
            .with(SftpMessageNumber.UNBLOCK, new UnblockRequest())
            .without(SftpMessageNumber.SYMLINK);

    private final int number;
    private final Map<SftpMessageNumber, RequestHandler> handlers = new EnumMap<>(SftpMessageNumber.class);

    private NewerVersion(int number, ProtocolVersion before) {
        this.number = number;
        for (SftpMessageNumber message : SftpMessageNumber.values()) {
            RequestHandler handler = before.handler(message);
            if (handler != null) {
                handlers.put(message, handler);
            }
        }
    }

    private NewerVersion with(SftpMessageNumber message, RequestHandler handler) {
        handlers.put(message, handler);
        return this;
    }

    private NewerVersion without(SftpMessageNumber message) {
        handlers.remove(message);
        return this;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public @Nullable RequestHandler handler(SftpMessageNumber message) {
        return handlers.get(message);
    }
}
