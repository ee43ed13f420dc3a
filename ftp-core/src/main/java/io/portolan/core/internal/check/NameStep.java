package io.portolan.core.internal.check;

import io.portolan.check.Blame;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the host's name is known, and for which addresses. */
public final class NameStep implements Step<Visiting> {

    @Override
    public String name() {
        return "name";
    }

    @Override
    public Finding look(Visiting visit) {
        String host = visit.host();
        try {
            visit.found(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            return Finding.failed(
                    "no address is known for " + host,
                    Finding.diagnosis(
                            "name-unknown",
                            Blame.REQUEST,
                            host,
                            "Check the spelling, and that this machine's name service knows the name (it may be known inside another network only)."));
        }
        return Finding.passed(host + " is "
                + visit.addresses().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ")));
    }
}
