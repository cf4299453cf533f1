"""Everything that is drawn with pyqtgraph: live views of one clip and the figures of an analysis."""
