package io.portolan.sftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.internal.protocol.RemoteHandle;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.internal.attributes.NameEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the folder of the login is there and can be listed; of a long listing only the beginning. */
final class ListingStep implements Step<Visit> {

    @Override
    public String name() {
        return "listing";
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        ClientSession session = visit.session();
        SftpRequests requests = session.requests();
        String folder = ".";
        try {
            folder = visit.await(session.submit(() -> requests.realPath(".")));
            String path = folder;
            RemoteHandle handle = visit.await(session.submit(() -> requests.openDirectory(path)));
            @Nullable List<NameEntry> names = visit.await(session.submit(() -> requests.readDirectory(handle)));
            visit.await(session.submit(() -> requests.close(handle)));
            long count = names == null
                    ? 0
                    : names.stream().filter(ListingStep::isOfAFile).count();
            return Finding.passed("the login begins in " + folder + ", which has "
                    + (count == 0 ? "nothing in it" : count + " names or more"));
        } catch (SftpStatusException e) {
            return Finding.failed(
                    String.valueOf(e.getMessage()),
                    Finding.diagnosis(
                            e.isNotFound() ? "folder-missing" : "listing-refused",
                            Blame.SERVER,
                            folder,
                            e.isNotFound()
                                    ? "The folder that the login begins in is not there: make it at the server, inside of the ChrootDirectory if there is one."
                                    : "Let this user read the folder that the login begins in, or give a path to one that may be read."));
        }
    }

    /** Not the folder itself, nor the one above. */
    private static boolean isOfAFile(NameEntry entry) {
        String name = new String(entry.name(), StandardCharsets.UTF_8);
        return !name.equals(".") && !name.equals("..");
    }
}
