package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Whether data go from the client to the server; only if asked for, since it leaves a file for a moment. */
final class UploadStep implements Step<Visit> {

    private static final byte[] CONTENT = "written by a check, may be deleted\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "upload";
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        if (visit.settings.uploadPath().isEmpty()) {
            return Finding.skipped("nobody asked for it: it would write a file");
        }
        if (!visit.hasPassive()) {
            return Finding.skipped("no passive port can be reached");
        }
        String path = visit.settings.uploadPath().get();
        visit.control().ask("TYPE I");
        FtpReply end;
        try (Socket plain = visit.connectPassively()) {
            visit.control().say("STOR " + path);
            FtpReply begin = visit.control().reply();
            if (!begin.isPreliminary()) {
                return refused(path, begin);
            }
            DataTls.Protected data = DataTls.protect(visit, plain);
            data.socket().getOutputStream().write(CONTENT);
            // reading to the end brings the ticket with which the next data connection resumes
            data.socket().shutdownOutput();
            ListingStep.octets(data.socket().getInputStream());
            data.socket().close();
            end = visit.control().reply();
        }
        if (!end.isPositive()) {
            return refused(path, end);
        }
        FtpReply deleted = visit.control().ask("DELE " + path);
        return deleted.isPositive()
                ? Finding.passed("wrote and deleted " + path)
                : Finding.warned(
                        "wrote " + path + ", but DELE gets " + Replies.shown(deleted),
                        Finding.diagnosis(
                                "upload-not-deleted",
                                Blame.SERVER,
                                path,
                                "This user may write and not delete; remove the file by other means."));
    }

    private static Finding refused(String path, FtpReply reply) {
        return Finding.failed(
                "the server does not take " + path + ": " + Replies.shown(reply),
                Finding.diagnosis(
                        "upload-refused",
                        Blame.SERVER,
                        path,
                        "Check this user's rights in the folder, its quota and the free space at the server."));
    }
}
