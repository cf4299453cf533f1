"""Reading weights as data: Magenta, magenta.js, deeplearn.js and Innervoice's own form."""
