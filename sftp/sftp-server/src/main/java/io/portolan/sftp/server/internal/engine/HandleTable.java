package io.portolan.sftp.server.internal.engine;

import io.portolan.sftp.internal.SftpStatus;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one channel has open. Handles are four octets (some clients know no others), count up, and are not used again before they have run round. */
public final class HandleTable {

    /** The longest handle that is looked at (draft-ietf-secsh-filexfer-13 section 7.1: a handle has at most 256 octets). */
    private static final int MAX_OCTETS = 256;

    private final int limit;
    private final Map<Integer, OpenHandle> open = new HashMap<>();
    private int opening;
    private int closing;
    private int last;

    HandleTable(int limit) {
        this.limit = limit;
    }

    /**
     * Keeps a place for a handle that is about to be opened: {@link #add} or {@link #cancel} follows. One that is being closed has left its own already, since the peer may
     * have been told so before its file is closed; there are never more of those than requests may be outstanding.
     *
     * @throws RequestFailure if there are too many
     */
    public void reserve() throws RequestFailure {
        if (open.size() - closing + opening >= limit) {
            throw new RequestFailure(SftpStatus.FAILURE, "Too many open handles; at most " + limit);
        }
        opening++;
    }

    /** Opening has failed. */
    public void cancel() {
        opening--;
    }

    /** Opening has succeeded: gives the handle its number. */
    public void add(OpenHandle handle) {
        opening--;
        do {
            last++;
        } while (open.containsKey(last));
        handle.setId(last);
        open.put(last, handle);
    }

    /** CLOSE has come: nothing more may be asked of it, and another may take its place. {@link #remove} follows. */
    public void closing(OpenHandle handle) {
        handle.closing();
        closing++;
    }

    /** It is closed. */
    public void remove(OpenHandle handle) {
        if (open.remove(handle.id(), handle) && handle.isClosing()) {
            closing--;
        }
    }

    /**
     * Reads a handle.
     *
     * @param kind what the request is for
     * @throws RequestFailure if there is none of that kind
     */
    public <H extends OpenHandle> H read(SshReader reader, Class<H> kind) throws SshProtocolException, RequestFailure {
        byte[] octets = reader.readString(MAX_OCTETS);
        if (octets.length != Integer.BYTES) {
            throw RequestFailure.noSuchHandle();
        }
        return get(new SshReader(octets).readUint32(), kind);
    }

    /** The handle of a number. */
    public <H extends OpenHandle> H get(long number, Class<H> kind) throws RequestFailure {
        @Nullable OpenHandle handle = open.get((int) number);
        if (handle == null || handle.isClosing() || !kind.isInstance(handle)) {
            throw RequestFailure.noSuchHandle();
        }
        return kind.cast(handle);
    }

    /** Whether anything is open, or about to be. */
    boolean isAnyOpen() {
        return opening > 0 || !open.isEmpty();
    }

    /** All that are open. */
    public List<OpenHandle> all() {
        return new ArrayList<>(open.values());
    }
}
