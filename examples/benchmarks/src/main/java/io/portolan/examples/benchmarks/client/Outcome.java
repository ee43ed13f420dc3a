package io.portolan.examples.benchmarks.client;

/**
 * What it took.
 *
 * @param seconds from before the connection to the last file's end; of programs that do not tell, from their start to their end
 * @param cpuSeconds of the client's process alone
 * @param entries how many entries have been listed, each time; threads where sessions were held
 * @param peakHeap bytes of heap at the most, garbage included; 0 where there is none
 */
public record Outcome(double seconds, double cpuSeconds, long entries, long peakHeap) {}
