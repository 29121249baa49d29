"""What people say: days, times, kinds of contact and names, in English and Chinese. Pure."""
