package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/** Whether a listing comes over a passive data connection: from the server to the client. */
final class ListingStep implements Step<Visit> {

    /** Octets that are read of it: enough to see that it flows. */
    static final int ENOUGH = 64 * 1024;

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
        if (!visit.hasPassive()) {
            return Finding.skipped("no passive port can be reached");
        }
        String command = visit.offers("MLST") ? "MLSD" : "LIST";
        try (Socket plain = visit.connectPassively()) {
            visit.control().say(command);
            FtpReply begin = visit.control().reply();
            if (!begin.isPreliminary()) {
                return DataRefusals.finding(visit, command, begin);
            }
            return read(visit, command, plain);
        }
    }

    private static Finding read(Visit visit, String command, Socket plain) throws IOException {
        long octets;
        DataTls.Protected data;
        try {
            data = DataTls.protect(visit, plain);
            octets = octets(data.socket().getInputStream());
        } catch (SocketTimeoutException e) {
            return Finding.failed(
                    "the data connection was made, but nothing comes over it",
                    Finding.diagnosis(
                            "data-stalls",
                            Blame.NETWORK,
                            visit.settings.endpoint(),
                            "Something between server and client holds the data back: a firewall that inspects FTP, a VPN with a smaller packet size, or another machine that NAT forwards the passive range to."));
        } catch (SSLException e) {
            return DataRefusals.handshake(visit, visit.control().reply(), e);
        }
        data.socket().close();
        FtpReply end = visit.control().reply();
        if (!end.isPositive() && octets < ENOUGH) {
            return DataRefusals.finding(visit, command, end);
        }
        return Finding.passed(command + " brought " + octets + (octets == ENOUGH ? " octets and more" : " octets")
                + data.resumed()
                        .map(resumed -> resumed ? ", TLS session resumed" : ", TLS session not resumed")
                        .orElse(""));
    }

    static long octets(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        long octets = 0;
        while (octets < ENOUGH) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, ENOUGH - octets));
            if (count < 0) {
                break;
            }
            octets += count;
        }
        return octets;
    }
}
