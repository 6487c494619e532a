"""Of the network's file; another file is refused. Written by whoever trains it anew."""

SHA256 = "82b147d1374410b210e2f9e8e6cd51fea24af2f4ff9e479b0ad2b816123aee9d"
